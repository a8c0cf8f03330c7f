/** The long run of the differential test. */

import { describeDifferential } from './differential-suite.js';

const seed = Number(process.env.SEED ?? 20_260_102);
console.log(`differential: SEED=${seed}`);
describeDifferential(seed, 10_000);
