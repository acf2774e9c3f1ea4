import { z } from 'zod';
import type { Connector } from '../src/connector.ts';
import { describeSettings, type Setting } from '../src/model/setting.ts';
import { settingGroups } from './own-settings.ts';

/** Settings that belong together, under one title; `page` is where docs/configuration.md sends its reader. */
export type SettingsSection = { title: string; page: { title: string; path: string }; settings: readonly Setting[] };

/** Every setting there is, ours first, then each connector's, in the order in which an operator meets them. */
export function listSections(connectors: readonly Connector[]): readonly SettingsSection[] {
  return [
    ...settingGroups.map(({ title, page, settings }) => ({
      title,
      page,
      settings: describeSettings(z.object(settings)),
    })),
    ...connectors.map(({ name, title, settings }) => ({
      title,
      page: { title, path: `../connectors/${name}/README.md` },
      settings: describeSettings(settings),
    })),
  ];
}
