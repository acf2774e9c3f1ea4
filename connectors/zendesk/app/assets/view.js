/* What is shown, made of what is known so far: the user's own fields first, the history once it is there. */
(() => {
  const metrics = ['nps', 'csat', 'ces'];
  const good = new Set(['promoter', 'positive', 'easy']);
  const bad = new Set(['detractor', 'negative', 'hard']);

  /** An element; text is never read as markup. */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === 'press') element.addEventListener('click', value);
      else if (value === true) element.setAttribute(name, '');
      else if (value !== false) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== undefined));
    return element;
  }

  const fill = (template, values) => template.replace(/\{(\w+)\}/gu, (whole, name) => values[name] ?? whole);

  /** The value of one of our fields. Dropdowns begin with the first word of their key, because they become tags. */
  function valueIn(fields, key, names) {
    const value = fields?.[names[key] ?? key];
    const prefix = `${key.split('_', 1)[0]}_`;
    return typeof value === 'string' && value.startsWith(prefix) ? value.slice(prefix.length) : value;
  }

  function toneOf(category) {
    if (good.has(category)) return 'top';
    return bad.has(category) ? 'bottom' : 'middle';
  }

  function latest(metric, state, words) {
    const value = (key) => valueIn(state.fields, `${metric}_${key}`, state.names);
    const rating = value('latest_rating');
    if (typeof rating !== 'number') return [];
    const category = value('latest_category');
    const trend = words.trend[value('trend')];
    const previous = value('previous_rating');
    const count = value('response_count');
    const highest = metric === 'nps' ? 10 : (value('latest_scale') ?? '');
    const facts = [
      highest === '' ? undefined : fill(words.rating, { rating, highest }),
      trend,
      typeof previous === 'number' ? fill(words.previous, { rating: previous }) : undefined,
      typeof count === 'number' ? fill(words.count, { count }) : undefined,
    ].filter((fact) => fact !== undefined);
    const comment = state.panel ? undefined : value('latest_comment');
    return [
      make(
        'p',
        { class: 'latest' },
        make('span', { class: `number ${toneOf(category)}` }, String(rating)),
        make('span', {}, `${metric.toUpperCase()} · ${words.options[category] ?? category ?? ''}`),
      ),
      make('p', { class: 'quiet' }, facts.join(' · ')),
      ...(comment ? [make('blockquote', { dir: 'auto' }, comment)] : []),
    ];
  }

  function flags({ fields, names }, words) {
    return ['at_risk', 'advocate']
      .filter((flag) => fields?.[names[`feedback_${flag}`] ?? `feedback_${flag}`] === true)
      .map((flag) => make('p', { class: `flag ${flag === 'at_risk' ? 'bottom' : 'top'}` }, words.flags[flag]));
  }

  function entry(answer, state, words, acts) {
    const { metric, rating, highest, comment, answeredAt, ticket, counts } = answer;
    const day = new Date(answeredAt.slice(0, 10)).toLocaleDateString(state.tag, {
      dateStyle: 'medium',
      timeZone: 'UTC',
    });
    const facts = [`${metric.toUpperCase()} ${fill(words.rating, { rating, highest })}`, day];
    const named = ticket && fill(words.ticket, { ticket: ticket.here ? ticket.id : `${ticket.id} (${ticket.system})` });
    return make(
      'li',
      {},
      facts.join(' · '),
      ...(ticket
        ? [' · ', ticket.here ? make('button', { class: 'link', press: () => acts.open(ticket.id) }, named) : named]
        : []),
      ...(counts ? [] : [` · ${words.retracted}`]),
      comment ? make('blockquote', { dir: 'auto' }, comment) : undefined,
    );
  }

  /** What is said in the place of the history as long as there is none. */
  function instead(state, words, acts) {
    if (state.trouble === 'refused') return [make('p', { class: 'problem', role: 'alert' }, words.refused)];
    if (state.trouble === 'failed') {
      return [
        make('p', { class: 'problem', role: 'alert' }, words.failed),
        make('div', { class: 'buttons' }, make('button', { press: acts.retry }, words.retry)),
      ];
    }
    return [make('p', { class: 'quiet', role: 'status' }, state.slow ? words.slow : words.loading)];
  }

  function history({ panel, ...state }, words, acts) {
    const { known, next, outcome, doNotSurvey } = panel;
    return [
      ...(known ? [] : [make('p', { class: 'quiet' }, words.unknownContact)]),
      ...(known && panel.history.length === 0 ? [make('p', { class: 'quiet' }, words.noAnswer)] : []),
      ...(outcome ? [make('p', { class: 'notice', role: 'status' }, outcome.sentence)] : []),
      ...(outcome?.sentence === next.sentence ? [] : [make('p', {}, next.sentence)]),
      ...(state.trouble ? [make('p', { class: 'problem', role: 'alert' }, words[state.trouble])] : []),
      make(
        'div',
        { class: 'buttons' },
        make('button', { disabled: state.busy || next.when !== 'now', press: acts.ask }, words.ask),
        make(
          'button',
          { disabled: state.busy, press: () => acts.leaveInPeace(!doNotSurvey) },
          doNotSurvey ? words.allow : words.doNotSurvey,
        ),
      ),
      ...(panel.history.length === 0
        ? []
        : [
            make('h2', {}, words.history),
            make('ol', {}, ...panel.history.map((answer) => entry(answer, state, words, acts))),
          ]),
    ];
  }

  window.show = (state, words, acts) => {
    const { tag, direction, dark, fields, names } = state;
    document.documentElement.lang = tag;
    document.documentElement.dir = direction;
    document.documentElement.classList.toggle('dark', dark);
    const hasFields =
      !fields || Object.keys(fields).some((key) => key === (names.nps_latest_rating ?? 'nps_latest_rating'));
    document
      .querySelector('#panel')
      .replaceChildren(
        make('h1', {}, words.title),
        ...metrics.flatMap((metric) => latest(metric, state, words)),
        ...flags(state, words),
        ...(hasFields ? [] : [make('p', { class: 'quiet' }, words.noFields)]),
        ...(state.panel ? history(state, words, acts) : instead(state, words, acts)),
      );
  };
})();
