// Linked with one whole layer at a time: that it links is the test.
int main() {}
