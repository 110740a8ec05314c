package dev.berth.scheduler;
