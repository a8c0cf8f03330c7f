/** What the Node programs here share: a fixed pool of worker threads, one task each at a time. */
import { mkdirSync, readdirSync } from 'node:fs';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

/** The CSV files of a folder, by name. */
export function listFiles(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort();
}

/**
 * In the main thread: `planTasks(args)` gives the tasks of the command line SRC OUT WORKERS JOB,
 * and as many threads of the program `url` as WORKERS says do them. In a thread: `doTask(task,
 * args)`.
 */
export async function runPool(url, planTasks, doTask) {
  const args = process.argv.slice(2);
  if (!isMainThread) {
    parentPort.on('message', async (task) => {
      await doTask(task, args);
      parentPort.postMessage(null);
    });
    return;
  }
  const [, target, workers] = args;
  mkdirSync(target, { recursive: true });
  const waiting = planTasks(args).reverse();
  const threadCount = Math.min(Number(workers), waiting.length);
  await Promise.all(
    Array.from({ length: threadCount }, () => feedThread(new URL(url), args, waiting)),
  );
}

/** Hands tasks to a thread of its own until there are none left. */
function feedThread(url, args, waiting) {
  const thread = new Worker(url, { argv: args, resourceLimits: { maxOldGenerationSizeMb: 6000 } });
  return new Promise((resolve, reject) => {
    const feed = () => {
      if (waiting.length > 0) thread.postMessage(waiting.pop());
      else thread.terminate();
    };
    thread.on('message', feed);
    thread.on('error', reject);
    thread.on('exit', resolve);
    feed();
  });
}
