// SPDX-License-Identifier: GPL-3.0-or-later
//
// A line that is cut after so many bytes: what came before went through, both ends see a reset.

import net from 'node:net';

export class Cutter {
  /** @cuts: after how many bytes upwards, counted over all connections. */
  constructor(target, cuts = []) {
    this.target = new URL(target);
    this.cuts = [...cuts].sort((a, b) => a - b);
    this.sent = 0;
    this.done = 0;
    this.server = net.createServer((client) => this.#serve(client));
  }

  async open() {
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${this.server.address().port}`;
  }

  close() {
    this.server.close();
  }

  #serve(client) {
    const far = net.connect(Number(this.target.port), this.target.hostname);
    const end = () => [client, far].forEach((socket) => socket.destroy());
    client.on('error', end);
    far.on('error', end);
    far.on('close', () => client.end());
    client.on('end', () => far.end());
    far.on('data', (data) => client.write(data));
    client.on('data', (data) => {
      const room = (this.cuts[0] ?? Infinity) - this.sent;
      if (data.length < room) {
        this.sent += data.length;
        far.write(data);
        return;
      }
      this.cuts.shift();
      this.done += 1;
      this.sent += room;
      client.removeAllListeners('data');
      far.write(data.subarray(0, room), () => [client, far].forEach((socket) => socket.resetAndDestroy()));
    });
  }
}
