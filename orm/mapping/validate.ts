// Functions of the user's that refuse values: they run where an object is constructed, and at flush for whatever is going to be written,
// since plain assignment gives no event.
import { columnKeys } from "./embedded.ts";
import type { Mapper } from "./mapper.ts";

/** Shows the values of an object to the validators of its class. @param isMeant which columns, by position; all that have a value unless given */
export function validate(mapper: Mapper, entity: object, isMeant: (position: number) => boolean = () => true): void {
  for (const [key, check] of Object.entries(mapper.options.validate ?? {})) {
    const positions = columnKeys(mapper, key).map((column) => mapper.columns.indexOf(mapper.column(column)));
    if (Object.hasOwn(entity, key) && positions.some(isMeant)) check(Reflect.get(entity, key), entity);
  }
}
