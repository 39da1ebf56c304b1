// SPDX-License-Identifier: GPL-3.0-or-later
//
// A tus client that was not written here against our province: tus-client.mjs SCENARIO FILE
// MOTCUA_URL, MOTCUA_DEVICE and MOTCUA_SEED say where and as which desk. Ends with 0 where all is
// as the scenario says. The program that starts it has pushed the dossier that names the scan.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Cutter } from './cutter.mjs';
import { Desk, sha256 } from './desk.mjs';
import { peer } from './peers.mjs';

const tus = peer('tus-js-client');
const url = process.env.MOTCUA_URL;
const desk = new Desk(process.env.MOTCUA_DEVICE, process.env.MOTCUA_SEED);
const [scenario, file] = process.argv.slice(2);
const scan = readFileSync(file);
const hash = sha256(scan).toString('hex');
const retries = Array.from({ length: 40 }, (_, i) => Math.min(2 ** i, 30));

/** Uploads the scan; resolves with the upload, rejects with what tus-js-client says. */
function upload(options = {}) {
  const { base = url, sign, start, ...others } = options;
  return new Promise((resolve, reject) => {
    const one = new tus.Upload(scan, {
      endpoint: `${base}/v1/blobs`,
      retryDelays: retries,
      metadata: { filename: 'tờ khai.pdf', sha256: hash },
      onBeforeRequest: (request) => {
        desk.signRequest(request);
        sign?.(request);
      },
      onSuccess: () => resolve(one),
      onError: reject,
      ...others,
    });
    start?.(one, resolve);
    one.start();
  });
}

const at = (base = url) => `${base}/v1/blobs/${hash}`;

async function offset() {
  const reply = await desk.fetch('HEAD', at(), { 'Tus-Resumable': '1.0.0' });
  return reply.status === 200 ? Number(reply.headers.get('Upload-Offset')) : reply.status;
}

/** The scan as it is read back, whole and in pieces. */
async function assertRead() {
  const whole = await desk.fetch('GET', at());
  assert.equal(whole.status, 200);
  assert.ok(scan.equals(Buffer.from(await whole.arrayBuffer())));
  const middle = Math.floor(scan.length / 2);
  const rest = await desk.fetch('GET', at(), { Range: `bytes=${middle}-` });
  assert.equal(rest.status, middle > 0 ? 206 : 200);
  assert.ok(scan.subarray(middle).equals(Buffer.from(await rest.arrayBuffer())));
}

/** Sends the first half and no more. */
async function sendHalf() {
  const half = Math.floor(scan.length / 2);
  await upload({
    chunkSize: half,
    start: (one, resolve) => {
      one.options.onChunkComplete = () => one.abort().then(() => resolve(one));
    },
  });
  assert.equal(await offset(), half);
  return half;
}

async function cutAnywhere() {
  const chunk = 32 * 1024;
  const cuts = [1, 90, 700, 1500, 2000];
  for (let i = 1; i <= 12; i += 1) {
    cuts.push(2000 + Math.floor((i * scan.length) / 13) + i * 37);
  }
  const line = new Cutter(url, cuts);
  const base = await line.open();
  await upload({ base, chunkSize: chunk, uploadUrl: at(base) });
  line.close();
  assert.equal(line.done, cuts.length);
  // A cut costs what was on its way: less than a piece, and the heads of asking again.
  assert.ok(line.sent < scan.length * 1.05 + cuts.length * (chunk + 2000), `${line.sent} bytes were sent`);
  await assertRead();
}

async function checksum() {
  const chunk = Math.ceil(scan.length / 4);
  const sum = (name, from) =>
    `${name} ${createHash(name).update(scan.subarray(from, from + chunk)).digest('base64')}`;
  const pieces = [];
  let lie = true;
  const sign = (request) => {
    if (request.getMethod() !== 'PATCH') {
      return;
    }
    const from = Number(request.getHeader('Upload-Offset'));
    const name = pieces.length % 2 === 0 ? 'sha256' : 'sha1';
    pieces.push(from);
    request.setHeader('Upload-Checksum', lie && from === 2 * chunk ? sum(name, 0) : sum(name, from));
  };
  // tus-js-client gives up at 460: what was wrong was not kept, what was right was.
  await assert.rejects(upload({ chunkSize: chunk, sign }), /response code: 460/);
  assert.equal(await offset(), 2 * chunk);
  lie = false;
  await upload({ chunkSize: chunk, sign, uploadUrl: at() });
  assert.deepEqual(pieces, [0, chunk, 2 * chunk, 2 * chunk, 3 * chunk]);
  await assertRead();
}

async function terminate() {
  let half;
  await upload({
    chunkSize: Math.floor(scan.length / 2),
    start: (one, resolve) => {
      one.options.onChunkComplete = (_, bytes) => {
        half = bytes;
        one.abort(true).then(() => resolve(one));
      };
    },
  });
  assert.ok(half > 0 && half < scan.length);
  assert.equal(await offset(), 404);
  await upload();
  await assertRead();
  // What is whole stays, whoever asks.
  await assert.rejects(
    tus.Upload.terminate(at(), { onBeforeRequest: (request) => desk.signRequest(request), retryDelays: null }),
    /response code: 403/,
  );
  await assertRead();
}

/** Announced anew without asking: it begins at 0, is told better, and goes on from there. */
async function wrongOffset() {
  const half = await sendHalf();
  const line = new Cutter(url);
  const base = await line.open();
  const seen = [];
  await upload({ base, chunkSize: 10000, onAfterResponse: (request, reply) => seen.push(reply.getStatus()) });
  line.close();
  assert.deepEqual(seen.slice(0, 4), [201, 409, 200, 204]);
  assert.ok(line.sent < scan.length - half + 10000 + 20 * 1000);
  await assertRead();
}

async function knownAlready() {
  await upload();
  const line = new Cutter(url);
  const base = await line.open();
  await upload({ base, uploadUrl: at(base) });
  line.close();
  assert.ok(line.sent < 2000, `${line.sent} bytes were sent for a scan that is there`);
}

const scenarios = {
  plain: () => upload().then(assertRead),
  pieces: () => upload({ chunkSize: 128 * 1024 }).then(assertRead),
  cut: cutAnywhere,
  checksum,
  terminate,
  'wrong-offset': wrongOffset,
  'known-already': knownAlready,
  override: () => upload({ overridePatchMethod: true }).then(assertRead),
  half: sendHalf,
  // After `half`, and after its time: the URL is none any more, and all is sent anew.
  expired: async () => {
    assert.equal(await offset(), 404);
    await upload({ uploadUrl: at() });
    await assertRead();
  },
};

await scenarios[scenario]();
