/** How verbs speak: text of so many columns, tables, units, JSON, and a screen that is painted again and again. Knows no regions. */
@NullMarked
package dev.slipring.cli.text;

import org.jspecify.annotations.NullMarked;
