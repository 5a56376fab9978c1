/** Forward processes: one record for each, in closed form, in double. */
package org.score4j.sde;
