// Keys that a program makes itself: UUIDs of version 7, which sort by the time they were made (RFC 9562).

const random = new Uint8Array(16 * 256);
let used = random.length;
let lastTime = 0;
let counter = 0;

/**
 * A UUID of version 7: unique everywhere, and sorted by time, also among those made within one millisecond by this program.
 *
 * @example
 * const orders = table("orders", { id: uuid().primaryKey().default(() => uuidv7()), total: integer() });
 */
export function uuidv7(): string {
  if (used === random.length) {
    crypto.getRandomValues(random);
    used = 0;
  }
  const at = used;
  used += 16;
  const now = Date.now();
  if (now > lastTime) {
    lastTime = now;
    // Room to count upwards within the millisecond: the top bit of the counter's twelve starts as 0.
    counter = (((random[at + 6] as number) & 0x07) << 8) | (random[at + 7] as number);
  } else if (++counter > 0xfff) {
    // More than the counter holds within a millisecond: the next one has begun early.
    counter = 0;
    lastTime++;
  }
  const time = lastTime.toString(16).padStart(12, "0");
  const count = counter.toString(16).padStart(3, "0");
  const variant = (0x80 | ((random[at + 8] as number) & 0x3f)).toString(16);
  let rest = "";
  for (let i = at + 9; i < at + 16; i++) rest += hex[random[i] as number];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${variant}${rest.slice(0, 2)}-${rest.slice(2)}`;
}

const hex: readonly string[] = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));
