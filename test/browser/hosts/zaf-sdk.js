/* A stand-in for Zendesk's app framework, by its documents; what the host knows stands in `window.host`. */
window.ZAFClient = {
  init() {
    const { host } = window;
    const heard = new Map();
    host.requests = [];
    host.tell = (event, ...what) => {
      for (const hear of heard.get(event) ?? []) hear(...what);
    };
    const refuse = (status) => Promise.reject({ status, responseText: '' });

    /** Settings and tokens are put in by Zendesk's servers, and only for hosts that the manifest names. */
    function secureRequest({ url, headers, jwt, data }) {
      if (!host.domains.includes(new URL(url).hostname)) throw new Error(`${url} is not in domainWhitelist`);
      const [, setting] = /^\{\{setting\.(\w+)\}\}$/u.exec(jwt.secret_key) ?? [];
      if (!host.settings.includes(setting)) throw new Error('the secret is no secure setting');
      if (headers.Authorization !== 'Bearer {{jwt.token}}') throw new Error('the request carries no token');
      host.requests.push({ url, claims: jwt.claims, ...(data ? { data: JSON.parse(data) } : {}) });
      const answer = host.answers.length > 1 ? host.answers.shift() : host.answers[0];
      if (answer === 'none yet') return new Promise(() => {});
      return typeof answer === 'number' ? refuse(answer) : Promise.resolve(answer);
    }

    const client = {
      on(event, hear) {
        heard.set(event, [...(heard.get(event) ?? []), hear]);
        if (event === 'app.registered') setTimeout(hear);
      },
      context: async () => ({ location: host.location }),
      get: async (paths) =>
        Object.fromEntries(
          [paths]
            .flat()
            .map((path) => [path, host.known[path]])
            .filter(([, value]) => value !== undefined),
        ),
      invoke: async (...what) => void host.invoked.push(what),
      request(options) {
        if (options.secure) return secureRequest(options);
        const [, id] = /^\/api\/v2\/users\/(\d+)\.json$/u.exec(options.url) ?? [];
        return id && host.fields
          ? Promise.resolve({ user: { id: Number(id), user_fields: host.fields } })
          : refuse(404);
      },
    };
    return client;
  },
};
