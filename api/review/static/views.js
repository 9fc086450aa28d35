// built from src/views.ts cc814eede2597b8aec1841f4bde94b77093ee75f8cf60a60209062bd8b2cef55
// What the server says of a case file, as the desk reads it.
export {};
