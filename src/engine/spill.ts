/**
 * Room beyond the memory for what one input needs of it: streams of bytes under numbers. The engine
 * knows no more of them; whoever gives them knows where they lie, and removes them at the end.
 */
export interface Spill {
  /** A new stream to be filled in order; one that had this number is gone. */
  create(stream: number): SpillWriter;
  /** A stream that was ended, by whomever. */
  open(stream: number): SpillReader;
  /** Takes back the room of a stream that nobody will open again. */
  drop(stream: number): void;
}

export interface SpillWriter {
  /** Must not keep the array. @throws CsvcleanError CANNOT_WRITE. */
  append(bytes: Uint8Array): void;
  /** To be called in any case, also when what was to be written failed. */
  end(): void;
}

export interface SpillReader {
  readonly sizeBytes: number;
  /** Fills `target`. @throws CsvcleanError CANNOT_READ, also where so many bytes are not there. */
  read(target: Uint8Array, offsetBytes: number): void;
  close(): void;
}
