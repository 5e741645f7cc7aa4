/** Eight tables for eight bytes at a time ("slicing-by-8", Kounavis and Berry 2008), one after the other; 8 KB. */
const TABLES = ((): Uint32Array => {
  const tables = new Uint32Array(8 * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    tables[byte] = crc >>> 0;
  }
  for (let i = 256; i < tables.length; i += 1) {
    const before = tables[i - 256] as number;
    tables[i] = (before >>> 8) ^ (tables[before & 255] as number);
  }
  return tables;
})();

/**
 * CRC-32C (Castagnoli, RFC 3720) of some bytes, as an unsigned number. It finds every change within 32 neighbouring bits, and of others all but
 * one in four thousand million: enough against what disks and copies do to a file. It is no protection against somebody who means harm.
 * @param before that of the bytes that come before, where they are read in pieces
 */
export const crc32c = (bytes: Uint8Array, before = 0): number => {
  const whole = bytes.length - (bytes.length % 8);
  const t = TABLES;
  let crc = ~before;
  for (let i = 0; i < whole; i += 8) {
    const a =
      crc ^
      (byteAt(bytes, i) | (byteAt(bytes, i + 1) << 8) | (byteAt(bytes, i + 2) << 16) | (byteAt(bytes, i + 3) << 24));
    crc =
      (t[1792 + (a & 255)] as number) ^
      (t[1536 + ((a >>> 8) & 255)] as number) ^
      (t[1280 + ((a >>> 16) & 255)] as number) ^
      (t[1024 + (a >>> 24)] as number) ^
      (t[768 + byteAt(bytes, i + 4)] as number) ^
      (t[512 + byteAt(bytes, i + 5)] as number) ^
      (t[256 + byteAt(bytes, i + 6)] as number) ^
      (t[byteAt(bytes, i + 7)] as number);
  }
  for (let i = whole; i < bytes.length; i += 1) crc = (crc >>> 8) ^ (t[(crc ^ byteAt(bytes, i)) & 255] as number);
  return ~crc >>> 0;
};

const byteAt = (bytes: Uint8Array, i: number): number => bytes[i] as number;
