package dev.berth.node;
