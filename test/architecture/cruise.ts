import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';

const configuration = join(import.meta.dirname, '..', '..', '.dependency-cruiser.mjs');

/**
 * Reads every import of a project and judges it by the architecture rules. A file that cannot be parsed throws.
 *
 * @param folder of a project that is laid out like this one
 */
export async function cruiseProject(folder: string): Promise<ICruiseResult> {
  const options = await extractDepcruiseOptions(configuration);
  const { output } = await cruise(['.'], { ...options, baseDir: folder });
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with a text');
  return output;
}
