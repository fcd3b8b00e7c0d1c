// The commonest form of points in time, `2024-02-29 12:34:56.789123+00`, read digit by digit: it is the dearest value of a
// row. What has another form (an era, a year of five digits, another offset) is left to the reader that knows them all.

/** Milliseconds since 1970 of a text that PostgreSQL wrote in UTC; `undefined` if it is none of the common form. */
export function commonMilliseconds(text: string): number | undefined {
  let end = text.length;
  if (text.charCodeAt(end - 3) === plus && text.charCodeAt(end - 2) === zero && text.charCodeAt(end - 1) === zero)
    end -= 3;
  if (end < 19 || end > 26 || text.charCodeAt(10) !== space || text.charCodeAt(4) !== dash) return undefined;
  const year = two(text, 0) * 100 + two(text, 2);
  const second = two(text, 17);
  let milliseconds = 0;
  if (end > 19) {
    if (text.charCodeAt(19) !== point) return undefined;
    // Beyond the third digit there is less than a Date holds.
    for (let i = 20; i < 23; i++) milliseconds = milliseconds * 10 + (i < end ? text.charCodeAt(i) - zero : 0);
  }
  const time = Date.UTC(year, two(text, 5) - 1, two(text, 8), two(text, 11), two(text, 14), second, milliseconds);
  // Date.UTC takes the years of the first century for those of the twentieth. What is no digit has made a NaN.
  return year >= 100 && !Number.isNaN(time) ? time : undefined;
}

const zero = 48;
const plus = 43;
const space = 32;
const dash = 45;
const point = 46;

function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - zero;
  const ones = text.charCodeAt(at + 1) - zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
