// The benchmark tools. Standard library only, so that they build without a network.
module chat-fcgi/benchmarks

go 1.19
