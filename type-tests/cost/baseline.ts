// What every program pays that imports Athanor and does nothing with it.
import * as athanor from "athanor";

void athanor;
