// Operands of the wrong type.
import { coalesce, select } from "athanor";
import { posts, users } from "../tables.ts";

users.age.eq("1");

users.age.eq(users.name);

users.role.eq("boss");

users.bio.eq(null);

declare const maybe: string | undefined;
users.name.eq(maybe);

users.age.in(["1"]);

users.age.notIn(select({ bio: users.bio }).from(users));

users.age.like("1%");

users.name.add(1);

users.name.and(users.age.eq(1));

coalesce(users.name, 1);

select({ id: users.id }).from(users).where(users.age);

select({ id: users.id }).from(users).limit("1");

posts.at.lt("2024-01-01");
