/**
 * Runs in every measured page before its own scripts. A key counts as painted at the end of the first frame in which
 * the focused element names another active descendant than before; a page is open at the end of the first frame in
 * which it names one at all. Times in milliseconds; a key that changes nothing gives null after 60 frames.
 */
(() => {
  const LONGEST_FRAMES = 60;
  const LONGEST_OPENING_FRAMES = 3600;
  const active = () => document.activeElement?.getAttribute('aria-activedescendant') ?? '';
  const samples = [];
  const probe = {};
  window.paintProbe = probe;

  /** Frame callbacks run before a frame is painted, messages posted by them after it. */
  function afterPaint(then) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(performance.now());
    port2.postMessage(0);
  }

  function eachFrame(isDone, then, left) {
    requestAnimationFrame(() => {
      if (isDone()) afterPaint(then);
      else if (left > 0) eachFrame(isDone, then, left - 1);
      else then(null);
    });
  }

  addEventListener(
    'keydown',
    (event) => {
      const before = active();
      const record = (atMs) => samples.push(atMs === null ? null : atMs - event.timeStamp);
      eachFrame(() => active() !== before, record, LONGEST_FRAMES);
    },
    true,
  );
  probe.opened = new Promise((resolve) => eachFrame(() => active() !== '', resolve, LONGEST_OPENING_FRAMES));

  /** The times of so many keys, once all of them are painted; starts anew. */
  probe.take = async (count) => {
    while (samples.length < count) await new Promise(requestAnimationFrame);
    return samples.splice(0);
  };

  /** The time between frames, the middle of 40. */
  probe.frameMs = () =>
    new Promise((resolve) => {
      const times = [];
      const next = (atMs) => {
        times.push(atMs);
        if (times.length <= 40) return requestAnimationFrame(next);
        const gaps = times.slice(1).map((time, at) => time - times[at]);
        resolve(gaps.sort((a, b) => a - b)[20]);
      };
      requestAnimationFrame(next);
    });
})();
