/** How a further machine comes to be part of an installation. */
package dev.berth.standalone.join;
