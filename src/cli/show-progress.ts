/**
 * Progress while a run works: a bar on a terminal, with a line for each worker while they are few;
 * elsewhere a plain line now and then. All of it goes to standard error.
 */
import type { MultiBar, SingleBar } from 'cli-progress';
import { formatCount } from '../base/format-count.js';
import type { InFlight, JobEvent, OnEvent } from '../job/job-result.js';
import type { Options } from '../options/options.js';
import { describeFile } from '../report/file-line.js';
import { formatBytes, formatTimeLeft } from '../report/format-units.js';
import { writeLine } from './streams.js';

export interface ProgressDisplay {
  readonly onEvent: OnEvent;
  stop(): void;
}

const PLAIN_INTERVAL_MS = 10_000;
/** More workers than this share the total bar. */
const MOST_WORKER_LINES = 8;

export function showProgress(options: Options): ProgressDisplay {
  const display = pickDisplay(options);
  const { verbose } = options;
  return {
    onEvent(event) {
      if (event.kind === 'file' && verbose) display.log(describeFile(event.file));
      display.onEvent(event);
    },
    stop: () => display.stop(),
  };
}

interface Display extends ProgressDisplay {
  log(line: string): void;
}

function pickDisplay(options: Options): Display {
  if (!options.progress || options.quiet) return createSilent();
  const isTerminal = process.stderr.isTTY === true && !process.env.CI;
  return isTerminal ? createBars() : createLines();
}

function createSilent(): Display {
  return {
    onEvent() {},
    log: (line) => writeLine(process.stderr, line),
    stop() {},
  };
}

/** What a progress line needs to know of the run. */
interface Run {
  files: number;
  bytes: number;
  workers: number;
  readonly startMs: number;
}

function createLines(): Display {
  const run: Run = { files: 0, bytes: 0, workers: 0, startMs: performance.now() };
  let toldMs = performance.now();
  return {
    onEvent(event) {
      if (event.kind === 'start') Object.assign(run, event);
      if (event.kind === 'baseline') writeLine(process.stderr, 'running again on one worker …');
      const nowMs = performance.now();
      if (event.kind !== 'progress' || nowMs - toldMs < PLAIN_INTERVAL_MS) return;
      toldMs = nowMs;
      writeLine(process.stderr, plainLine(run, event, nowMs));
    },
    log: (line) => writeLine(process.stderr, line),
    stop() {},
  };
}

function plainLine(
  run: Run,
  event: Extract<JobEvent, { kind: 'progress' }>,
  nowMs: number,
): string {
  const share = run.bytes === 0 ? 1 : event.doneBytes / run.bytes;
  const elapsedMs = nowMs - run.startMs;
  const leftMs = share > 0 ? (elapsedMs / share) * (1 - share) : 0;
  return (
    `${Math.floor(share * 100)} %: ${formatCount(event.doneFiles)} of ${formatCount(run.files)} files, ` +
    `${formatBytes(event.doneBytes)} of ${formatBytes(run.bytes)}, about ${formatTimeLeft(leftMs)} left`
  );
}

/** cli-progress is loaded when the first bar is drawn: a short run need not wait for it. */
function createBars(): Display {
  let bars: Bars | null = null;
  let isStopped = false;
  return {
    onEvent(event) {
      if (event.kind === 'start') {
        void openBars(event).then((opened) => {
          if (isStopped) opened.multi.stop();
          else bars = opened;
        });
      }
      if (event.kind === 'progress') bars?.update(event);
      if (event.kind === 'baseline') bars?.multi.log('running again on one worker …\n');
    },
    log(line) {
      if (bars === null) writeLine(process.stderr, line);
      else bars.multi.log(`${line}\n`);
    },
    stop() {
      isStopped = true;
      bars?.multi.stop();
      bars = null;
    },
  };
}

interface Bars {
  readonly multi: MultiBar;
  update(event: Extract<JobEvent, { kind: 'progress' }>): void;
}

async function openBars(start: Extract<JobEvent, { kind: 'start' }>): Promise<Bars> {
  const [{ default: cliProgress }, { fitWidth }] = await Promise.all([
    import('cli-progress'),
    import('../report/fit-width.js'),
  ]);
  const multi = new cliProgress.MultiBar(
    { stream: process.stderr, clearOnComplete: true, hideCursor: true, barsize: 24, fps: 10 },
    cliProgress.Presets.shades_classic,
  );
  const startMs = performance.now();
  const total = multi.create(
    Math.max(1, start.bytes),
    0,
    { text: '' },
    {
      format: ' {bar} {percentage} %  {text}',
    },
  );
  const rows = process.stderr.rows ?? 24;
  const columns = (process.stderr.columns ?? 80) - 2;
  const hasLines = start.workers <= MOST_WORKER_LINES && start.workers + 2 < rows;
  const lines = new Map<string, SingleBar>();
  return {
    multi,
    update(event) {
      const elapsedMs = Math.max(1, performance.now() - startMs);
      const rate = event.doneBytes / elapsedMs;
      const left = rate > 0 ? formatTimeLeft((start.bytes - event.doneBytes) / rate) : '…';
      total.update(Math.min(event.doneBytes, start.bytes), {
        text:
          `${formatCount(event.doneFiles)}/${formatCount(start.files)} files, ` +
          `${formatBytes(rate * 1000)}/s, ${left} left`,
      });
      if (!hasLines) return;
      for (const worker of event.workers) {
        const line = lines.get(worker.worker) ?? multi.create(1, 0, {}, { format: ' {text}' });
        lines.set(worker.worker, line);
        line.update(0, { text: fitWidth(workerLine(worker), columns) });
      }
    },
  };
}

function workerLine({ worker, input, offsetBytes }: InFlight): string {
  return input === null ? `${worker}: waiting` : `${worker}: ${formatBytes(offsetBytes)} ${input}`;
}
