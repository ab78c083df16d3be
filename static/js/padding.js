// Over TLS others on the network still see how long a message is; so posts come in a few sizes only.
const SIZES = [512, 2048, 8192, 15000];
const SMALLEST_TYPED = 2048;

/** The same message with a `pad` that the server ignores: one size for every choice, one for every text. */
export function padded(message, typed) {
  const length = new TextEncoder().encode(JSON.stringify(message)).length;
  const least = typed ? SMALLEST_TYPED : 0;
  const size = SIZES.find((one) => one >= length && one >= least) ?? length;
  return { ...message, pad: " ".repeat(size - length) };
}
