/** One line that is written over, on a terminal only. */
export function progressOn(stream: { isTTY?: boolean; write(text: string): unknown }) {
  const write = (text: string) => stream.isTTY && stream.write(`\r\u001b[K${text}`);
  return { show: (text: string) => void write(text), clear: () => void write("") };
}
