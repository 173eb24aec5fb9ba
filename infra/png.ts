import { inflateSync } from 'node:zlib';

/** What is in a PNG of 8 bits a channel. Pixels are red, green, blue, alpha, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Reads the PNGs a browser writes: 8 bits, RGB or RGBA, not interlaced. Throws a sentence for any other file. */
export function readPng(file: Uint8Array): Picture {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < 33 || bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') throw new Error('is not a PNG');
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  const [depth, colourType, , , interlaced] = bytes.subarray(24, 29);
  const channels = colourType === 6 ? 4 : 3;
  if (depth !== 8 || (colourType !== 6 && colourType !== 2) || interlaced !== 0)
    throw new Error('is a PNG of an unusual kind: save it with 8 bits a channel as RGB or RGBA, not interlaced');

  const data: Buffer[] = [];
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  }
  const rows = unfilter(inflateSync(Buffer.concat(data)), width * channels, height, channels);
  if (channels === 4) return { width, height, pixels: rows };

  const pixels = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) pixels.set(rows.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
  return { width, height, pixels };
}

/** Undoes the five filters of PNG (W3C PNG specification, §9): each byte was stored as a difference to its neighbours. */
function unfilter(filtered: Uint8Array, rowLength: number, height: number, channels: number): Uint8Array {
  const rows = new Uint8Array(rowLength * height);
  for (let y = 0; y < height; y++) {
    const filter = filtered[y * (rowLength + 1)];
    for (let x = 0; x < rowLength; x++) {
      const at = y * rowLength + x;
      const left = x >= channels ? rows[at - channels]! : 0;
      const up = y > 0 ? rows[at - rowLength]! : 0;
      const corner = x >= channels && y > 0 ? rows[at - rowLength - channels]! : 0;
      const guess =
        filter === 1
          ? left
          : filter === 2
            ? up
            : filter === 3
              ? (left + up) >> 1
              : filter === 4
                ? paeth(left, up, corner)
                : 0;
      rows[at] = filtered[y * (rowLength + 1) + 1 + x]! + guess;
    }
  }
  return rows;
}

function paeth(left: number, up: number, corner: number): number {
  const distances = [left, up, corner].map(value => Math.abs(left + up - corner - value));
  const [toLeft, toUp, toCorner] = distances as [number, number, number];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
