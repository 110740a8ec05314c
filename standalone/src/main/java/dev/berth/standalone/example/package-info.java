/** The bundled example: its task definition and its image. */
package dev.berth.standalone.example;
