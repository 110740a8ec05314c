/** Account settings: put, list, delete. */
package dev.berth.api.application.setting;
