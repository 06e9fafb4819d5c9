/*
 * The time zones that Windows has, by the names that .NET gives on it (TimeZoneInfo.GetSystemTimeZones): azurerm has the same list for
 * policies. https://learn.microsoft.com/windows-hardware/manufacture/desktop/default-time-zones
 */

/** Each with "Standard Time" behind it. */
const standard = `
  Afghanistan, Alaskan, Aleutian, Altai, Arab, Arabian, Arabic, Argentina, Astrakhan, Atlantic, AUS Central, Aus Central W., AUS Eastern,
  Azerbaijan, Azores, Bahia, Bangladesh, Belarus, Bougainville, Canada Central, Cape Verde, Caucasus, Cen. Australia, Central,
  Central America, Central Asia, Central Brazilian, Central Europe, Central European, Central Pacific, Chatham Islands, China, Cuba,
  Dateline, E. Africa, E. Australia, E. Europe, E. South America, Easter Island, Eastern, Egypt, Ekaterinburg, Fiji, FLE, Georgian, GMT,
  Greenland, Greenwich, GTB, Haiti, Hawaiian, India, Iran, Israel, Jordan, Kaliningrad, Kamchatka, Korea, Libya, Line Islands, Lord Howe,
  Magadan, Magallanes, Marquesas, Mauritius, Mid-Atlantic, Middle East, Montevideo, Morocco, Mountain, Myanmar, N. Central Asia, Namibia,
  Nepal, New Zealand, Newfoundland, Norfolk, North Asia, North Asia East, North Korea, Omsk, Pacific, Pacific SA, Pakistan, Paraguay,
  Qyzylorda, Romance, Russian, SA Eastern, SA Pacific, SA Western, Saint Pierre, Sakhalin, Samoa, Sao Tome, Saratov, SE Asia, Singapore,
  South Africa, South Sudan, Sri Lanka, Sudan, Syria, Taipei, Tasmania, Tocantins, Tokyo, Tomsk, Tonga, Transbaikal, Turkey,
  Turks And Caicos, Ulaanbaatar, US Eastern, US Mountain, Venezuela, Vladivostok, Volgograd, W. Australia, W. Central Africa, W. Europe,
  W. Mongolia, West Asia, West Bank, West Pacific, Yakutsk, Yukon`;

/** The last one is what Windows calls UTC in full. */
const others = `
  Central Standard Time (Mexico), Eastern Standard Time (Mexico), Mountain Standard Time (Mexico), Pacific Standard Time (Mexico),
  Russia Time Zone 3, Russia Time Zone 10, Russia Time Zone 11, UTC, UTC-11, UTC-09, UTC-08, UTC-02, UTC+12, UTC+13,
  Coordinated Universal Time`;

const listed = (names: string): string[] => names.split(",").map((name) => name.trim().toLowerCase());

const all = new Set([...listed(standard).map((name) => `${name} standard time`), ...listed(others)]);

/** Windows does not look at the case. */
export const isTimeZone = (name: string): boolean => all.has(name.toLowerCase());
