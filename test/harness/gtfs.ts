import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32 } from 'node:zlib';

/** Files of a feed by name. */
export type FeedFiles = Readonly<Record<string, string | Uint8Array>>;

/**
 * Two ferries and a bus between an island and the mainland: one with calendar and exceptions and a night boat, one by frequency with
 * a time left out. Every test changes what it is about.
 */
export const ISLAND_FEED: FeedFiles = {
  'agency.txt':
    'agency_id,agency_name,agency_url,agency_timezone\nA,Example Ferries,https://example.org,Asia/Shanghai\n',
  'routes.txt':
    'route_id,agency_id,route_short_name,route_long_name,route_type\n' +
    'R1,A,1,"Island, direct",4\nR2,A,2,Round the bay,1004\nBUS,A,9,Harbour bus,3\n',
  'trips.txt': 'route_id,service_id,trip_id\nR1,WEEK,morning\nR1,WEEK,night\nR2,DAILY,round\nBUS,WEEK,bus\n',
  'stops.txt':
    'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n' +
    'm,Mainland,30.0,122.0,,\ni,Island,30.0,122.1,0,\nb,Bay quay 2,30.05,122.05,0,bay\nbay,Bay,30.0501,122.05,1,\nx,Bus stop,30.2,122.2,,\n',
  'stop_times.txt':
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type\n' +
    'morning,07:35:00,07:35:00,m,1,0,1\nmorning,08:15:00,08:15:00,i,2,1,0\n' +
    'night,25:10:00,25:10:00,i,10,,\nnight,25:50:00,25:50:00,m,20,,\n' +
    'round,00:30:00,00:30:00,m,1,,\nround,,,b,2,,\nround,01:30:00,01:40:00,i,3,,\n' +
    'bus,25:61:00,08:00:00,x,1,,\nbus,08:30:00,08:30:00,m,2,,\n',
  'calendar.txt':
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n' +
    'WEEK,1,1,1,1,1,0,0,20260105,20260331\nDAILY,1,1,1,1,1,1,1,20260101,20261231\n',
  'calendar_dates.txt': 'service_id,date,exception_type\nWEEK,20260110,1\nWEEK,20260112,2\n',
  'frequencies.txt':
    'trip_id,start_time,end_time,headway_secs,exact_times\nround,06:00:00,08:00:00,3600,1\nround,08:00:00,10:00:00,1800,\n',
  'transfers.txt': 'from_stop_id,to_stop_id,transfer_type,min_transfer_time\nm,b,2,900\nm,m,2,60\nm,i,0,\n',
  'feed_info.txt':
    'feed_publisher_name,feed_publisher_url,feed_lang,feed_version\nExample,https://example.org,zh,2026-1\n',
};

/** A temporary directory; `remove` takes it away with all that was put there. */
export const temporary = (): { readonly dir: string; readonly remove: () => void } => {
  const dir = mkdtempSync(path.join(tmpdir(), 'qundao-gtfs-'));
  return { dir, remove: () => rmSync(dir, { recursive: true }) };
};

export const writeFeed = (dir: string, files: FeedFiles): string => {
  const folder = path.join(dir, 'feed');
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  return folder;
};

/** A .zip of stored entries (PKWARE APPNOTE 4.3), enough to be read by any program. */
export const zipOf = (files: FeedFiles, folder = ''): Buffer => {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [file, content] of Object.entries(files)) {
    const [name, data] = [Buffer.from(folder + file), Buffer.from(content)];
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name, data]);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, name]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(centrals.length, 8);
  end.writeUInt16LE(centrals.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
};
