// The mapper of a class, made when it is first asked for.
import { MappingError } from "../errors.ts";
import { checkClass } from "./check-mapping.ts";
import { addClass } from "./inheritance.ts";
import { type AnyClass, Mapper, RECIPE, type Recipe } from "./mapper.ts";

const mappers = new WeakMap<object, Mapper>();

/** The mapper of a class. @throws {MappingError} if it is not mapped, or in a way that cannot work */
export function mapperOf(entity: unknown): Mapper {
  const known = mappers.get(entity as object);
  if (known !== undefined) return known;
  const recipe = typeof entity === "function" ? (entity as unknown as { [RECIPE]?: Recipe })[RECIPE] : undefined;
  if (recipe === undefined) {
    throw new MappingError(
      `${typeof entity === "function" ? entity.name : "this"} is no mapped class`,
      "Declare it as class User extends mapped(users) {}.",
    );
  }
  const base = recipe.base === undefined ? undefined : mapperOf(recipe.base);
  const mapper = new Mapper(entity as AnyClass, recipe, base);
  checkClass(mapper, recipe);
  mappers.set(entity as object, mapper);
  addClass(mapper);
  return mapper;
}
