/** What a recipe needs of memory and disk. */
package org.score4j.size;
