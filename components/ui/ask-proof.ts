/** Between a form whose act takes a fresh proof and the dialog that asks for it: one of them is on the page at a time. */
let ask: (() => Promise<boolean>) | null = null;

/** The shell's dialog offers itself. @returns its withdrawal */
export function offerProof(dialog: () => Promise<boolean>): () => void {
  ask = dialog;
  return () => {
    if (ask === dialog) ask = null;
  };
}

/** True once the person has proved who they are; false when they would not, or nobody is there to ask. */
export async function askProof(): Promise<boolean> {
  return ask ? ask() : false;
}
