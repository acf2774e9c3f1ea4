/* Zendesk tells whom the sidebar stands beside; Scoreback, asked by Zendesk's own servers, what they answered. */
(() => {
  const { url, words: languages, names } = window.scoreback;
  const client = window.ZAFClient.init();
  const slowAfter = 4000;
  const state = { names, tag: 'en', direction: 'ltr', dark: false, slow: false, busy: false };
  let beside = 0;

  function paint() {
    window.show(state, (languages[state.tag] ?? languages.en).panel, { ask, leaveInPeace, open, retry: load });
    client.invoke('resize', { width: '100%', height: `${Math.max(80, document.body.scrollHeight + 4)}px` });
  }

  /** A language with its script, which follows from the region where the tag has none. */
  function maximize(tag) {
    try {
      return new Intl.Locale(tag).maximize();
    } catch {
      return {};
    }
  }

  function speak(locale = 'en') {
    const { language, script } = maximize(locale);
    const tags = [`${language}-${script}`, language, { no: 'nb', nn: 'nb' }[language]];
    // Never in another script: who reads Traditional Chinese is not shown Simplified.
    state.tag = tags.find((tag) => languages[tag] && maximize(tag).script === script) ?? 'en';
    state.direction = languages[state.tag].direction;
  }

  async function find() {
    const { location } = await client.context();
    const of = location === 'user_sidebar' ? ['user.id'] : ['ticket.id', 'ticket.requester.id'];
    const asked = [...of, 'currentUser.id', 'currentUser.locale'];
    const found = await client.get(asked);
    state.user = found['user.id'] ?? found['ticket.requester.id'];
    state.ticket = found['ticket.id'];
    state.agent = String(found['currentUser.id']);
    state.locale = found['currentUser.locale'];
    speak(state.locale);
    const { colorScheme } = await client.get('colorScheme').catch(() => ({}));
    state.dark = colorScheme === 'dark';
  }

  /** The user's own fields, which the agent may read anyway: they need nothing of Scoreback. */
  async function readFields(turn) {
    if (!state.user) return;
    const { user } = await client.request({ url: `/api/v2/users/${state.user}.json`, type: 'GET' });
    if (turn !== beside) return;
    state.fields = user.user_fields;
    paint();
  }

  /** Zendesk's servers put the token in: the secret is never in the browser. */
  function call(path, body) {
    const record = state.user ? { contact: String(state.user) } : { ticket: String(state.ticket) };
    return client.request({
      url: `${url}/panel/zendesk${path}`,
      type: body ? 'POST' : 'GET',
      ...(body ? { data: JSON.stringify(body) } : {}),
      contentType: 'application/json',
      dataType: 'json',
      secure: true,
      cors: false,
      autoRetry: false,
      headers: { Authorization: 'Bearer {{jwt.token}}' },
      jwt: {
        algorithm: 'HS256',
        secret_key: '{{setting.app_secret}}',
        expiry: 300,
        claims: { aud: `${url}/panel/zendesk`, sub: state.agent, locale: state.locale, ...record },
      },
    });
  }

  function troubleOf(failure) {
    return failure?.status === 401 || failure?.status === 403 ? 'refused' : 'failed';
  }

  async function readHistory(turn) {
    const slow = setTimeout(() => {
      if (turn !== beside) return;
      state.slow = true;
      paint();
    }, slowAfter);
    try {
      const panel = await call('');
      if (turn === beside) Object.assign(state, { panel, fields: { ...state.fields, ...panel.user_fields } });
    } catch (failure) {
      if (turn === beside) state.trouble = troubleOf(failure);
    } finally {
      clearTimeout(slow);
    }
    if (turn === beside) paint();
  }

  async function load() {
    beside += 1;
    const turn = beside;
    Object.assign(state, { fields: undefined, panel: undefined, trouble: undefined, slow: false, busy: false });
    await find();
    if (turn !== beside) return;
    paint();
    await Promise.all([readFields(turn).catch(() => undefined), readHistory(turn)]);
  }

  async function press(path, body) {
    const turn = beside;
    Object.assign(state, { busy: true, trouble: undefined });
    paint();
    try {
      const panel = await call(path, body);
      if (turn === beside) state.panel = panel;
    } catch (failure) {
      if (turn === beside) state.trouble = troubleOf(failure);
    }
    if (turn !== beside) return;
    state.busy = false;
    paint();
  }

  const ask = () => press('/ask', { key: crypto.randomUUID() });
  const leaveInPeace = (doNotSurvey) => press('/do-not-survey', { doNotSurvey });
  const open = (ticket) => client.invoke('routeTo', 'ticket', ticket);

  client.on('app.registered', load);
  client.on('ticket.requester.id.changed', load);
  client.on('colorScheme.changed', (scheme) => {
    state.dark = scheme === 'dark';
    paint();
  });
})();
