/**
 * A run's result in short, as `expected/result.json` of a fixture holds it: what is zero or empty
 * is left out, and so is what differs from run to run (times, workers, folders).
 */
import type { FileResult, JobResult } from '../../src/index.js';

type Counts = Record<string, number>;

/** One input and what became of it. */
export interface FileSummary {
  readonly input: string;
  readonly status: string;
  readonly shape?: string;
  readonly rows?: Counts;
  readonly rejectedByRule?: Counts;
  readonly repairs?: Counts;
  readonly naCells?: number;
  readonly outlierValues?: number;
  readonly schema?: readonly unknown[];
  readonly expressions?: readonly unknown[];
  /** Left out where every column was too short or no numbers. */
  readonly outlierColumns?: readonly unknown[];
  readonly values?: readonly unknown[];
  readonly warnings?: readonly unknown[];
  readonly error?: unknown;
}

export interface ResultSummary {
  readonly status: string;
  readonly problems?: readonly unknown[];
  readonly files: readonly FileSummary[];
}

/** Fewer values than this say nothing about outliers. */
const FEW_VALUES = 20;

export function summarizeResult(result: JobResult): ResultSummary {
  const { status, problems, files } = result;
  return { status, ...filled('problems', problems), files: files.map(summarizeFile) };
}

function summarizeFile({ input, status, report, error }: FileResult): FileSummary {
  if (report === null) return { input, status, error };
  const isTelling = report.outlierColumns.some(({ valueCount }) => valueCount >= FEW_VALUES);
  return {
    input,
    status,
    ...(report.shape === 'table' ? {} : { shape: report.shape }),
    ...filled('rows', nonZero(Object.entries(report.rows))),
    ...filled('rejectedByRule', nonZero([...report.rejectedByRule])),
    ...filled('repairs', nonZero(Object.entries(report.repairs))),
    ...filled('naCells', report.naCells),
    ...filled('outlierValues', report.outlierValues),
    ...filled('schema', report.schema),
    ...filled('expressions', report.expressions.map(summarizeExpression)),
    ...filled('values', report.values ?? []),
    ...(isTelling ? { outlierColumns: report.outlierColumns.map(withoutNull) } : {}),
    ...filled('warnings', report.warnings),
  };
}

function summarizeExpression(expression: {
  readonly flag: string;
  readonly source: string;
  readonly counts: object;
}): object {
  const { flag, source, counts } = expression;
  return { [flag]: source, ...nonZero(Object.entries(counts)) };
}

function nonZero(counts: readonly (readonly [string, number])[]): Counts {
  return Object.fromEntries(counts.filter(([, count]) => count !== 0));
}

function withoutNull(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
}

/** The key with its value, or nothing when the value is 0 or empty. */
function filled(key: string, value: number | object): object {
  const isEmpty = typeof value === 'number' ? value === 0 : Object.keys(value).length === 0;
  return isEmpty ? {} : { [key]: value };
}
