/** Asks whoever is signed in for their password or second factor. @returns whether they gave it */
type Ask = () => Promise<boolean>;

let ask: Ask | undefined;

/** The dialog says how to ask, for as long as it is there. */
export function whenAskedAgain(how: Ask): () => void {
  ask = how;
  return () => {
    ask = undefined;
  };
}

export const askAgain: Ask = async () => (ask ? ask() : false);
