package dev.berth.contracts.query;
