// Where in which list a SKU was opened: for going to the next one and back, as long as the tab lives.
export interface Place {
  table: string;
  screen: string; // its address
  query: string; // filters and order
  index: number;
  marketplace: string;
  sku: string;
}
const kept = 'destock.place';

export const keepPlace = (place: Place): void => sessionStorage.setItem(kept, JSON.stringify(place));

// Of this SKU; nothing where it was not opened from a list.
export function placeOf(marketplace: string, sku: string): Place | null {
  try {
    const place = JSON.parse(sessionStorage.getItem(kept) ?? 'null') as Place | null;
    return place?.sku === sku && place.marketplace === marketplace ? place : null;
  } catch {
    return null;
  }
}
