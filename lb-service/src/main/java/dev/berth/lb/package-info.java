package dev.berth.lb;
