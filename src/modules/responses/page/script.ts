/**
 * The one script of the survey page, which works without it: it tells that a contact touched the form, and which number
 * was chosen then. Only what the browser itself saw as a touch, a click or a key counts; what a script does, a pointer
 * that moves, a page that scrolls, and time never do.
 *
 * It waits a moment, because a touch comes before the choice that it makes, and it tells again when the choice has
 * changed, or when somebody still writes a minute later. Sending the form says it all by itself.
 */
export const script = `
(() => {
  const form = document.querySelector('form');
  const address = location.pathname.replace(/\\/?$/, '/act');
  let touched = false, waiting, told, toldAt;
  const stop = () => {
    clearTimeout(waiting);
    waiting = undefined;
  };
  const tell = () => {
    stop();
    const rating = form.elements.rating.value;
    if (!rating || (rating === told && Date.now() - toldAt < 60000)) return;
    told = rating;
    toldAt = Date.now();
    navigator.sendBeacon(address, new URLSearchParams({ page: form.elements.page.value, rating }));
  };
  const wait = () => {
    stop();
    waiting = setTimeout(tell, 500);
  };
  for (const kind of ['pointerdown', 'touchstart', 'keydown']) {
    form.addEventListener(kind, (event) => {
      if (!event.isTrusted) return;
      touched = true;
      wait();
    }, { passive: true });
  }
  form.addEventListener('change', () => touched && wait());
  form.addEventListener('submit', stop);
  addEventListener('pagehide', () => waiting !== undefined && tell());
})();
`;
