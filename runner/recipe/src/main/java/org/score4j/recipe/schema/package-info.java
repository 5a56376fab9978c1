/** Keys and plugins described for people and editors. */
package org.score4j.recipe.schema;
