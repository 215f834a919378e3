// A word to the reader at the edge of the page, which goes by itself; a screen reader says it.
export function tell(text: string, failed = false): void {
  const box = document.createElement('div');
  box.className = failed ? 'told failed' : 'told';
  box.setAttribute('role', failed ? 'alert' : 'status');
  box.textContent = text;
  document.body.append(box);
  setTimeout(() => box.remove(), failed ? 8_000 : 3_000);
}

export const tellProblem = (problem: unknown): void => tell(problem instanceof Error ? problem.message : String(problem), true);
