// Numbers as JSON: it has no words for what isn't finite; both languages write "Infinity", "-Infinity" and "NaN".
const words = { Infinity, "-Infinity": -Infinity, NaN };

export const read = (_, value) => (typeof value === "string" && value in words ? words[value] : value);

export const write = (_, value) => {
  if (ArrayBuffer.isView(value)) return Array.from(value);
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
};
