/**
 * The bytes that some records begin with, as the kernel takes them: two words, and which bits of
 * them count.
 */

export interface RecordLead {
  readonly low: number;
  readonly high: number;
  readonly maskLow: number;
  readonly maskHigh: number;
}

/** So many bytes of a record are compared. */
export const LEAD_BYTES = 8;

/** No record. */
export const NO_LEAD: RecordLead = { low: 0, high: 0, maskLow: 0, maskHigh: 0 };

/** @param bytes at most `LEAD_BYTES`. */
export function recordLead(bytes: Uint8Array): RecordLead {
  const words = new DataView(new ArrayBuffer(2 * LEAD_BYTES));
  for (let i = 0; i < Math.min(bytes.length, LEAD_BYTES); i++) {
    words.setUint8(i, bytes[i]!);
    words.setUint8(LEAD_BYTES + i, 0xff);
  }
  const [low, high, maskLow, maskHigh] = [0, 4, 8, 12].map((at) => words.getUint32(at, true));
  return { low: low!, high: high!, maskLow: maskLow!, maskHigh: maskHigh! };
}

/** Whether the record at `start` begins so; not where no record does. */
export function hasLead(bytes: Uint8Array, start: number, lead: RecordLead): boolean {
  if (lead.maskLow === 0) return false;
  for (let i = 0; i < LEAD_BYTES; i++) {
    const shift = 8 * (i % 4);
    const [word, mask] = i < 4 ? [lead.low, lead.maskLow] : [lead.high, lead.maskHigh];
    if ((mask >>> shift) % 0x100 !== 0 && (word >>> shift) % 0x100 !== bytes[start + i]) {
      return false;
    }
  }
  return true;
}

export function isSameLead(a: RecordLead, b: RecordLead): boolean {
  const isSameMask = a.maskLow === b.maskLow && a.maskHigh === b.maskHigh;
  return isSameMask && a.low === b.low && a.high === b.high;
}
