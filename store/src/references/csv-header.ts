/** csvHeader returns the column names in the first line of a CSV text: quoted or plain, separated by commas. */
export function csvHeader(text: string): string[] {
  const names: string[] = [];
  let name = "";
  let isQuoted = false;
  for (let i = text.startsWith("\uFEFF") ? 1 : 0; i <= text.length; i++) {
    const character = text[i];
    if (isQuoted) {
      if (character === undefined) break;
      if (character !== '"') name += character;
      else if (text[i + 1] === '"') {
        name += '"';
        i++;
      } else isQuoted = false;
      continue;
    }
    if (character === '"' && name === "") isQuoted = true;
    else if (character === "," || character === "\n" || character === undefined) {
      names.push(name.replace(/\r$/, "").trim());
      name = "";
      if (character !== ",") break;
    } else name += character;
  }
  return names.length === 1 && names[0] === "" ? [] : names;
}
