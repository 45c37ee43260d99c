export const tellStory = async (_print: (line: string) => void): Promise<void> => undefined;
