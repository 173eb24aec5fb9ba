/**
 * Time zones to choose from on a card, west to east: one or two well-known places for each offset and its habits of
 * daylight saving. The tab offers every zone there is.
 */
export const commonTimeZones: readonly string[] = [
  'Pacific/Honolulu', 'America/Anchorage', 'America/Los_Angeles', 'America/Vancouver', 'America/Phoenix', 'America/Denver',
  'America/Chicago', 'America/Mexico_City', 'America/Bogota', 'America/Lima', 'America/New_York', 'America/Toronto',
  'America/Caracas', 'America/Halifax', 'America/Santiago', 'America/St_Johns', 'America/Sao_Paulo', 'America/Argentina/Buenos_Aires',
  'Atlantic/Azores', 'Atlantic/Reykjavik', 'UTC', 'Europe/London', 'Europe/Dublin', 'Europe/Lisbon',
  'Africa/Casablanca', 'Africa/Lagos', 'Europe/Paris', 'Europe/Berlin', 'Europe/Madrid', 'Europe/Rome',
  'Europe/Amsterdam', 'Europe/Stockholm', 'Europe/Warsaw', 'Europe/Zurich', 'Africa/Johannesburg', 'Africa/Cairo',
  'Europe/Athens', 'Europe/Helsinki', 'Europe/Kyiv', 'Asia/Jerusalem', 'Europe/Istanbul', 'Africa/Nairobi',
  'Asia/Riyadh', 'Asia/Tehran', 'Asia/Dubai', 'Asia/Kabul', 'Asia/Karachi', 'Asia/Kolkata',
  'Asia/Kathmandu', 'Asia/Dhaka', 'Asia/Yangon', 'Asia/Bangkok', 'Asia/Jakarta', 'Asia/Shanghai',
  'Asia/Singapore', 'Asia/Manila', 'Australia/Perth', 'Asia/Tokyo', 'Asia/Seoul', 'Australia/Adelaide',
  'Australia/Brisbane', 'Australia/Sydney', 'Pacific/Noumea', 'Pacific/Auckland', 'Pacific/Apia',
];
