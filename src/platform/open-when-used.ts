/** Something that is opened when it is first used, because its library is slow to load. */
export type OpenedWhenUsed<Opened> = {
  /** Opens it, or finds it open. An opening that failed is tried again. */
  get(): Promise<Opened>;
  /**
   * Closes it. Where nobody used it before, it is closed as soon as somebody does, and refuses them as it would then.
   *
   * @returns what was open
   */
  close(): Promise<Opened | undefined>;
};

export function openWhenUsed<Opened>(
  open: () => Promise<Opened>,
  close: (opened: Opened) => unknown = () => {},
): OpenedWhenUsed<Opened> {
  let opened: Promise<Opened> | undefined;
  let isClosed = false;

  async function begin(): Promise<Opened> {
    try {
      const made = await open();
      if (isClosed) await close(made);
      return made;
    } catch (failure) {
      opened = undefined;
      throw failure;
    }
  }

  return {
    get() {
      opened ??= begin();
      return opened;
    },
    async close() {
      isClosed = true;
      const standing = await opened;
      if (standing !== undefined) await close(standing);
      return standing;
    },
  };
}
