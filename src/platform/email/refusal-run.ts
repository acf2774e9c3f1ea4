/** An email that was refused. */
type Refused = { id: string; to: string; signature: string };

const recipientsInRun = 3;
const domainsInRun = 2;
/** So many recipients are remembered; there are never as many whose addresses are dead at one time. */
const mostRemembered = 10_000;

/**
 * Finds refusals that only seem to be about recipients: the same one for several of them in a row, at more than one
 * domain, with nothing taken in between.
 *
 * When the server takes something after such a run, whoever was in it is judged alone from then on: the addresses may be
 * dead after all.
 */
export function createRefusalRun() {
  let signature: string | undefined;
  let run = new Map<string, string>();
  let judgedAlone = new Set<string>();

  const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1);
  const isRun = () => run.size >= recipientsInRun && new Set([...run.keys()].map(domainOf)).size >= domainsInRun;

  return {
    /** Something was taken. */
    accepted(): void {
      if (isRun()) {
        if (judgedAlone.size > mostRemembered) judgedAlone = new Set();
        for (const to of run.keys()) judgedAlone.add(to);
      }
      run = new Map();
      signature = undefined;
    },
    suspects: (id: string) => isRun() && [...run.values()].includes(id),
    /** @returns the ids of those that were refused before in this run; nothing while it is none */
    refused({ id, to, signature: said }: Refused): readonly string[] | undefined {
      if (to === '' || judgedAlone.has(to)) return undefined;
      if (said !== signature) run = new Map();
      signature = said;
      run.set(to, id);
      return isRun() ? [...run.values()].filter((other) => other !== id) : undefined;
    },
  };
}
