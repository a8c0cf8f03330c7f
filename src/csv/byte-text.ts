/** Bytes put one behind the other, in a room that grows. */
export interface ByteText {
  room: Uint8Array;
  length: number;
}

export function createByteText(roomBytes: number): ByteText {
  return { room: new Uint8Array(roomBytes), length: 0 };
}

export function appendByte(text: ByteText, byte: number): void {
  if (text.length === text.room.length) makeRoom(text, 1);
  text.room[text.length++] = byte;
}

export function appendBytes(text: ByteText, bytes: Uint8Array): void {
  if (text.length + bytes.length > text.room.length) makeRoom(text, bytes.length);
  text.room.set(bytes, text.length);
  text.length += bytes.length;
}

function makeRoom(text: ByteText, bytes: number): void {
  const room = new Uint8Array(Math.max(2 * text.room.length, text.length + bytes));
  room.set(text.room.subarray(0, text.length));
  text.room = room;
}
