/** The long run of what holds for any bytes. */

import { describeScanning } from './scan-suite.js';

const seed = Number(process.env.SEED ?? 20_260_104);
console.log(`scan-fields: SEED=${seed}`);
describeScanning(seed, 10_000);
