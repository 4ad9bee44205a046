"""The file that the tests work on, and what the model says to it."""

from __future__ import annotations

MAIN = """\
export function total(values: number[]): number {
  let sum: number = "0";
  for (const value of values) {
    sum += value;
  }
  return sum;
}

export function mean(values: number[]): number {
  return total(values) / values.length;
}
"""
FIXED = MAIN.replace('"0"', "0")
FIX = """\
A number is not a text.

```diff
--- a/stats.ts
+++ b/stats.ts
@@ -1,3 +1,3 @@
 export function total(values: number[]): number {
-  let sum: number = "0";
+  let sum: number = 0;
   for (const value of values) {
```
"""
DARK = {"workbench.colorTheme": "Default Dark Modern"}
EXPLANATION = """\
# What `total` does

It *adds* the numbers of `values`, see `stats.ts:4`, and [mean](stats.ts#L9) divides.
"""
ATTACK = """\
[quit](command:workbench.action.quit) <img src="https://example.com/x.png"> and that was *all*.
"""
THREE = """\
```diff
--- a/stats.ts
+++ b/stats.ts
@@ -1,4 +1,4 @@
-export function total(values: number[]): number {
+export function sum(values: number[]): number {
   let sum: number = "0";
-  for (const value of values) {
+  for (const each of values) {
     sum += value;
@@ -9,3 +9,3 @@
 export function mean(values: number[]): number {
-  return total(values) / values.length;
+  return sum(values) / values.length;
 }
```
"""
SEVERAL = """\
```diff
--- a/stats.ts
+++ b/stats.ts
@@ @@
-export function mean(values: number[]): number {
+export function average(values: number[]): number {
--- a/report.ts
+++ b/report.ts
@@ @@
-import { mean } from './stats';
+import { average } from './stats';
@@ @@
-console.log(mean([1, 2]));
+console.log(average([1, 2]));
--- /dev/null
+++ b/stats.test.ts
@@ -0,0 +1,3 @@
+import { average } from './stats';
+
+console.assert(average([1, 3]) === 2);
```
"""
