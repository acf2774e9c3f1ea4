/** Compiled emails, by everything that makes them another one. */
export type EmailTemplates = {
  /** What was compiled under this key, or is now. */
  of<Template>(key: string, compile: () => Promise<Template>): Promise<Template>;
};

/** How many templates stay compiled: each takes some 50 kB. */
const most = 200;

/** Of many templates, those longest unused are compiled again when they are needed. */
export function createEmailTemplates(): EmailTemplates {
  const templates = new Map<string, Promise<unknown>>();
  return {
    of<Template>(key: string, compile: () => Promise<Template>): Promise<Template> {
      const template = (templates.get(key) as Promise<Template> | undefined) ?? compile();
      // A map keeps the order of insertion: the first is the one longest unused.
      templates.delete(key);
      templates.set(key, template);
      for (const oldest of templates.keys()) {
        if (templates.size <= most) break;
        templates.delete(oldest);
      }
      template.catch(() => templates.delete(key));
      return template;
    },
  };
}
