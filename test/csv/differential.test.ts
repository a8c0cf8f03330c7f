/** The fast run of the differential test. */

import { describeDifferential } from './differential-suite.js';

describeDifferential(Number(process.env.SEED ?? 20_260_101), 500);
