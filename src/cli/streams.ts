/** Writing to the terminal or a pipe that may be gone. */

/** A reader that went away (`| head`) ends the program quietly; what was cleaned stays. */
export function surviveBrokenPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // Who writes data there listens too, and tells.
      if (error.code !== 'EPIPE' && stream.listenerCount('error') === 1) throw error;
    });
  }
}

export function writeLine(stream: NodeJS.WriteStream, line: string): void {
  stream.write(`${line}\n`);
}
