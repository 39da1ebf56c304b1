// SPDX-License-Identifier: GPL-3.0-or-later
//
// tus-bench.mjs URL FOLDER: tus-js-client sends the files one after the other, as it does by
// default; prints the seconds and its peak memory in kB. MOTCUA_DEVICE and MOTCUA_SEED: signed.

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Desk, sha256 } from './desk.mjs';
import { peer } from './peers.mjs';

const tus = peer('tus-js-client');
const [url, folder] = process.argv.slice(2);
const { MOTCUA_DEVICE: device, MOTCUA_SEED: seed } = process.env;
const desk = device ? new Desk(device, seed) : null;
const files = readdirSync(folder).map((name) => readFileSync(path.join(folder, name)));
const scans = files.map((bytes) => ({ bytes, hash: sha256(bytes).toString('hex') }));

function upload({ bytes, hash }) {
  return new Promise((onSuccess, onError) => {
    new tus.Upload(bytes, {
      endpoint: `${url}/v1/blobs`,
      metadata: { sha256: hash },
      retryDelays: [0, 10, 20, 50],
      onBeforeRequest: (request) => desk?.signRequest(request),
      onSuccess,
      onError,
    }).start();
  });
}

const began = process.hrtime.bigint();
for (const scan of scans) {
  await upload(scan);
}
const seconds = Number(process.hrtime.bigint() - began) / 1e9;
console.log(seconds.toFixed(4), process.resourceUsage().maxRSS);
